using Disguise.Kernels.Monolithic.Processes;

namespace Disguise.Kernels.Monolithic.Pipes;

/// <summary>
/// By what processes of one machine talk: named pipes, and shared memory by key. There is no file
/// system, so names are numbers, and what nobody has open any more is gone.
/// </summary>
internal sealed class LocalCommunication(KernelServices kernel)
{
    /// <summary>Most pipes.</summary>
    public const int PipeLimit = 1_024;

    /// <summary>Most objects of shared memory (SHMMNI of 4.2BSD's heirs: 100; of Linux 4,096).
    /// </summary>
    public const int SegmentLimit = 256;

    private readonly SortedDictionary<long, Pipe> pipes = [];
    private readonly SortedDictionary<int, SharedSegment> segments = [];
    private readonly List<SharedSegment> left = [];
    private int made;

    /// <summary>The pipe of a name, which is made if there is none; null where there are too many.
    /// </summary>
    public Pipe? Find(long name)
    {
        if (pipes.TryGetValue(name, out var found))
            return found;
        if (pipes.Count == PipeLimit)
            return null;
        return pipes[name] = new Pipe(name);
    }

    /// <summary>Gives an end of a pipe up: who waits at the other side looks again.</summary>
    public void Close(PipeEnd end)
    {
        end.IsClosed = true;
        WakeOther(end);
        if (end.Pipe.IsLeft)
            pipes.Remove(end.Pipe.Name);
    }

    /// <summary>Who waits at the other side of a pipe looks again.</summary>
    public void WakeOther(PipeEnd end)
    {
        if (end.Other is not { Waiter: { } waiter } other)
            return;
        other.Waiter = null;
        kernel.Scheduler.Wake(waiter);
    }

    /// <summary>The shared memory of a key, which is made if there is none; null where there is too
    /// much of it. It may have fewer pages than were asked for, and is not the process' then.
    /// </summary>
    public SharedSegment? Find(Process process, long key, int pages)
    {
        var found = segments.Values.FirstOrDefault(segment => segment.Key == key);
        if (found is null)
        {
            if (segments.Count == SegmentLimit)
                return null;
            found = new SharedSegment(key, made++, kernel.Options.Memory!.MakeShared(pages));
            segments.Add(found.Number, found);
        }

        if (found.Pages.Count >= pages && !found.Users.Contains(process))
            found.Users.Add(process);
        return found;
    }

    /// <summary>Shared memory that a process has asked for, by its identifier.</summary>
    public SharedSegment? Find(Process process, long number) =>
        number is >= 0 and <= int.MaxValue
        && segments.TryGetValue((int)number, out var found) && found.Users.Contains(process)
            ? found : null;

    /// <summary>A process ends: its ends of pipes are closed, and shared memory that nobody else
    /// uses is to go.</summary>
    public void Close(Process process)
    {
        foreach (var end in process.Descriptors.OfType<PipeEnd>())
            Close(end);
        foreach (var segment in segments.Values)
        {
            if (segment.Users.Remove(process) && segment.Users.Count == 0)
                left.Add(segment);
        }
    }

    /// <summary>The pages of whoever ended are given up: frees the shared memory that is to go.
    /// </summary>
    public void Settle()
    {
        foreach (var segment in left)
        {
            segments.Remove(segment.Number);
            segment.Pages.Release(kernel.Paging.Frames);
        }

        left.Clear();
        kernel.Paging.Frames.Settle();
    }

    /// <summary>A child has its parent's shared memory.</summary>
    public void Inherit(Process parent, Process child)
    {
        foreach (var segment in segments.Values)
        {
            if (segment.Users.Contains(parent))
                segment.Users.Add(child);
        }
    }
}
