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

    /// <summary>
    /// Enters a critical section: the end of the slice waits, and what the kernel asks back; but
    /// no longer than a bound. False where that is refused.
    /// </summary>
    EmulatedTask<bool> EnterSection();

    /// <summary>
    /// Leaves it: what has waited comes. False where it took too long, so that something came
    /// between.
    /// </summary>
    EmulatedTask<bool> LeaveSection();

    /// <summary>How many slices the environment of a number has; -1 where there is none.
    /// </summary>
    EmulatedTask<long> SlicesOf(int environment);
}
