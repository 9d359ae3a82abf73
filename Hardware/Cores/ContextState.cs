namespace Disguise.Hardware.Cores;

/// <summary>
/// Where a context is.
/// <code>
///   Ready:    dispatch   to Running
///   Running:  sync, charge, await an answer: stays; poll to Polling; block or halt to Blocked;
///             preempt to Ready
///   Polling:  written or time out to Running; preempt to Ready
///   Blocked:  wake to Running where it halts on its core, else to Ready
///   any:      finish to Finished
/// </code>
/// </summary>
public enum ContextState
{
    /// <summary>Could run; has no core.</summary>
    Ready,

    /// <summary>Has a core; its clock is at or ahead of the island's.</summary>
    Running,

    /// <summary>Has a core and spins on memory.</summary>
    Polling,

    /// <summary>Waits for an event. A halted context keeps its core, a blocked one does not.
    /// </summary>
    Blocked,

    /// <summary>Has ended.</summary>
    Finished,
}
