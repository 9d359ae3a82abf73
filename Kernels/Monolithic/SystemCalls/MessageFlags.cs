namespace Disguise.Kernels.Monolithic.SystemCalls;

/// <summary>Flags of calls that send or receive.</summary>
[Flags]
public enum MessageFlags
{
    /// <summary>None: the call waits.</summary>
    None = 0,

    /// <summary>MSG_DONTWAIT: the call returns instead of waiting.</summary>
    DoNotWait = 0x40,
}
