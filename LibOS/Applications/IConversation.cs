using Disguise.Actors.Execution;

namespace Disguise.LibOS.Applications;

/// <summary>One end of a conversation of words between two programs.</summary>
public interface IConversation
{
    /// <summary>Says a word and waits for the answer. Null when the other end is gone, or has
    /// closed, or says what makes no sense.</summary>
    EmulatedTask<uint?> Ask(uint word);

    /// <summary>Answers every word by a procedure until the other end has closed or is gone.
    /// Gives how many it answered.</summary>
    EmulatedTask<long> Serve(Func<uint, uint> procedure);

    /// <summary>Closes this end: the other finds the end of the file.</summary>
    EmulatedTask Close();
}
