namespace Disguise.Kernels.Monolithic.Scheduling;

/// <summary>Where a task is.</summary>
internal enum TaskState : byte
{
    /// <summary>Waits for something; no queue has it.</summary>
    Sleeping,

    /// <summary>Waits in a run queue for a core.</summary>
    Ready,

    /// <summary>Has a core.</summary>
    Running,

    /// <summary>Is gone.</summary>
    Ended,
}
