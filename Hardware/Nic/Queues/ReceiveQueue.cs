namespace Disguise.Hardware.Nic.Queues;

/// <summary>Registers of a receive queue.</summary>
internal struct ReceiveQueue
{
    /// <summary>SRRCTL after a reset: buffers of 2 KiB, the legacy format.</summary>
    private const uint SplitControlAfterReset = 0x402;

    public Ring Ring;
    public RateLimiter Limiter;
    private uint splitControl;

    public uint SplitControl
    {
        readonly get => splitControl ^ SplitControlAfterReset;
        set => splitControl = value ^ SplitControlAfterReset;
    }

    /// <summary>Bytes of a buffer; a size of 0 is the least, 1 KiB.</summary>
    public readonly int BufferBytes =>
        Math.Max(1, (int)(SplitControl & FunctionRegisters.BufferSizeMask)) << 10;

    public readonly bool IsAdvanced => (SplitControl & FunctionRegisters.DescriptorTypeMask)
        == FunctionRegisters.AdvancedOneBuffer;
}
