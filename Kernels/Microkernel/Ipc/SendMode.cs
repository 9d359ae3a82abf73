namespace Disguise.Kernels.Microkernel.Ipc;

/// <summary>What a sender does where nobody waits for its message.</summary>
internal enum SendMode : byte
{
    /// <summary>Waits until somebody receives it.</summary>
    Wait,

    /// <summary>Gives up: a timeout of zero.</summary>
    GiveUp,

    /// <summary>Waits, and then for an answer.</summary>
    Call,
}
