using System.Runtime.InteropServices;

namespace Disguise.Kernels.Capabilities;

/// <summary>
/// The kernel's record of a capability, 40 bytes: its place in the tree and in its holder's list.
/// Links are slots, -1 for none.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct CapabilityRecord
{
    public uint TagLow;
    public byte TagHigh;
    public CapabilityKind Kind;
    public CapabilityRights Rights;
    public byte IsRevoked;
    public int Object;
    public int Owner;
    public int Parent;
    public int FirstChild;
    public int NextSibling;
    public int PreviousSibling;
    public int NextOfOwner;
    public int PreviousOfOwner;

    public ulong Tag
    {
        readonly get => ((ulong)TagHigh << 32) | TagLow;
        set
        {
            TagLow = (uint)value;
            TagHigh = (byte)(value >> 32);
        }
    }
}
