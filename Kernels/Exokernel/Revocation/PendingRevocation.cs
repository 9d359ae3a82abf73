namespace Disguise.Kernels.Exokernel.Revocation;

/// <summary>A revocation that is under way.</summary>
internal struct PendingRevocation
{
    /// <summary>From whom.</summary>
    public int Environment;

    /// <summary>What.</summary>
    public RevocableResource Resource;

    /// <summary>How far it has got.</summary>
    public RevocationStage Stage;

    /// <summary>How much.</summary>
    public int Wanted;

    /// <summary>How much of it has come back.</summary>
    public int Returned;

    /// <summary>Answers that named what is not the environment's.</summary>
    public int BadAnswers;

    /// <summary>When it was asked.</summary>
    public long AskedPs;

    /// <summary>Until when a return is in time.</summary>
    public long DeadlinePs;

    /// <summary>When force is used.</summary>
    public long ForcePs;

    /// <summary>How much is missing.</summary>
    public readonly int Missing => Wanted - Returned;

    /// <summary>When the kernel has to look again if nothing happens.</summary>
    public readonly long NextPs => Stage == RevocationStage.Asked ? DeadlinePs : ForcePs;
}
