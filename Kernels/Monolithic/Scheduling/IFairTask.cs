namespace Disguise.Kernels.Monolithic.Scheduling;

/// <summary>A task as a run queue sees it.</summary>
public interface IFairTask
{
    /// <summary>Number of the task, unique in its kernel.</summary>
    int Number { get; }

    /// <summary>
    /// How long it has run, picoseconds, counted from where it was put when it last woke. Must not
    /// change while it waits.
    /// </summary>
    long RuntimePs { get; }
}
