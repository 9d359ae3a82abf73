using Disguise.Actors.Execution;

namespace Disguise.LibOS.Applications;

/// <summary>
/// What an application can do about processor time itself, where its kernel lets it: take and
/// give back slices of its core by position, and give the rest of one to somebody by name.
/// </summary>
public interface IProcessorTime
{
    /// <summary>
    /// Gives the rest of the slice to the environment of a number, or to whoever is next with -1.
    /// Goes on when a slice of the caller's own starts.
    /// </summary>
    EmulatedTask Yield(int to);

    /// <summary>Takes a free position. False where it is not free.</summary>
    EmulatedTask<bool> TakeSlice(int position);

    /// <summary>
    /// Gives all slices back. From then on the caller runs when somebody yields to it.
    /// </summary>
    EmulatedTask GiveSlicesBack();

    /// <summary>How many slices the environment of a number has; -1 where there is none.
    /// </summary>
    EmulatedTask<long> SlicesOf(int environment);
}
