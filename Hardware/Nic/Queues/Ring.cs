namespace Disguise.Hardware.Nic.Queues;

/// <summary>
/// A descriptor ring as its registers say. Between head and tail the descriptors are the
/// device's; head equal to tail is empty (82599 datasheet sections 7.1.9 and 7.2.3.5).
/// </summary>
internal struct Ring
{
    /// <summary>Longest ring that the datasheet calls validated: 128 KiB.</summary>
    public const uint MaximumLengthBytes = 128 << 10;

    private const int DescriptorBytes = 16;
    private const uint AlignmentMask = 127;

    public ulong Base;
    public int Count;
    public int Head;
    public int Tail;
    public bool IsEnabled;

    public readonly bool IsEmpty => Head == Tail;

    public readonly uint LengthBytes => (uint)(Count * DescriptorBytes);

    public readonly ulong AddressOf(int index) => Base + ((ulong)(uint)index * DescriptorBytes);

    public readonly int After(int index) => index + 1 == Count ? 0 : index + 1;

    public readonly int Distance(int from, int to) => to >= from ? to - from : Count - from + to;

    public void SetBaseLow(uint value) => Base =
        (Base & 0xFFFF_FFFF_0000_0000) | (value & ~AlignmentMask);

    public void SetBaseHigh(uint value) => Base = (uint)Base | ((ulong)value << 32);

    public bool TrySetLength(uint value)
    {
        if ((value & AlignmentMask) != 0 || value > MaximumLengthBytes)
            return false;
        Count = (int)value / DescriptorBytes;
        return true;
    }
}
