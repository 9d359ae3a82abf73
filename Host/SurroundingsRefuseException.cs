namespace Disguise.Host;

/// <summary>
/// The machine outside refused: a disk is full, a permission is missing, a port is taken. The
/// command prints the message, which is one line, and ends with exit code 3.
/// </summary>
public sealed class SurroundingsRefuseException : Exception
{
    /// <summary>The exit code of a command that the surroundings refused.</summary>
    public const int ExitCode = 3;

    /// <summary>Says in one line what was refused; line breaks become spaces.</summary>
    public SurroundingsRefuseException(string message, Exception? cause = null)
        : base(message.ReplaceLineEndings(" "), cause)
    {
    }
}
