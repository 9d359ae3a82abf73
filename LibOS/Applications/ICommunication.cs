using Disguise.Actors.Execution;

namespace Disguise.LibOS.Applications;

/// <summary>How a program talks to another of its machine, where anybody implements it.</summary>
public interface ICommunication
{
    /// <summary>
    /// Finds whoever accepts conversations of a kind on this machine. Null where nobody can, or
    /// where it is refused. Messages of pipes have as many bytes as are said, and begin with the
    /// word; both ends say the same.
    /// </summary>
    EmulatedTask<IConversation?> Connect(
        CommunicationKind kind, int messageBytes = sizeof(uint));

    /// <summary>Waits for somebody who wants to talk. Null where that cannot be.</summary>
    EmulatedTask<IConversation?> Accept(
        CommunicationKind kind, int messageBytes = sizeof(uint));
}
