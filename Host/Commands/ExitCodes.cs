namespace Disguise.Host.Commands;

/// <summary>The command's exit codes.</summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A check failed: verify, validate, an expectation, a referee's finding.</summary>
    public const int CheckFailed = 1;

    /// <summary>Bad input; one line says what.</summary>
    public const int BadInput = 2;

    /// <summary>The surroundings refuse: port, permission, disk, database.</summary>
    public const int SurroundingsRefuse = SurroundingsRefuseException.ExitCode;

    /// <summary>A bug of ours.</summary>
    public const int OurBug = 70;

    /// <summary>Interrupted, with what was measured so far written.</summary>
    public const int Interrupted = 130;
}
