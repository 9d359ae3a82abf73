using Disguise.Kernels.Monolithic.Scheduling;

namespace Disguise.Kernels.Monolithic.Processes;

/// <summary>The processes by number, actor and address, and all tasks by number.</summary>
internal sealed class ProcessTable
{
    /// <summary>Most processes: each has a tag of its own in TLBs.</summary>
    public const int Limit = ushort.MaxValue - 1;

    private readonly Dictionary<int, Process> byActor = [];
    private readonly Dictionary<string, Process> byAddress = new(StringComparer.Ordinal);
    private readonly List<Process?> byNumber = [];
    private readonly List<KernelTask?> tasks = [];

    /// <summary>All processes by number; null where one has ended.</summary>
    public IReadOnlyList<Process?> All => byNumber;

    /// <summary>The number that the next process gets; -1 when there are too many.</summary>
    public int FreeNumber()
    {
        var free = byNumber.IndexOf(null);
        return free >= 0 ? free : byNumber.Count < Limit ? byNumber.Count : -1;
    }

    /// <summary>Enters a process.</summary>
    public void Add(Process process)
    {
        if (process.Number == byNumber.Count)
            byNumber.Add(process);
        else
            byNumber[process.Number] = process;
        byActor.Add(process.Actor.Ordinal, process);
        byAddress[process.Description.Address] = process;
    }

    /// <summary>Takes a process out.</summary>
    public void Remove(Process process)
    {
        byNumber[process.Number] = null;
        byActor.Remove(process.Actor.Ordinal);
        byAddress.Remove(process.Description.Address);
        tasks[process.Task.Number] = null;
    }

    /// <summary>The process that an actor is, or none.</summary>
    public Process? ByActor(int ordinal) => byActor.GetValueOrDefault(ordinal);

    /// <summary>The process of a number, or none.</summary>
    public Process? ByNumber(long number) =>
        (ulong)number < (ulong)byNumber.Count ? byNumber[(int)number] : null;

    /// <summary>The process of an address, or none.</summary>
    public Process? ByAddress(string address) => byAddress.GetValueOrDefault(address);

    /// <summary>The number that the next task gets.</summary>
    public int NextTask => tasks.Count;

    /// <summary>Enters a task under its number.</summary>
    public void Add(KernelTask task)
    {
        if (task.Number != tasks.Count)
            throw new InvalidOperationException("tasks are numbered in their order");
        tasks.Add(task);
    }

    /// <summary>The task of a number, or none.</summary>
    public KernelTask? FindTask(int number) =>
        (uint)number < (uint)tasks.Count ? tasks[number] : null;
}
