using Disguise.Actors.Dispatch;
using Disguise.Kernels.Monolithic.Memory;
using Disguise.Kernels.Monolithic.Network;
using Disguise.Kernels.Monolithic.Sockets;

namespace Disguise.Kernels.Monolithic.Processes;

/// <summary>
/// A process: an address space, descriptors of what it has open, and a network namespace.
/// </summary>
internal sealed class Process(
    int number, ProcessDescription description, IslandActorRef actor, ProcessImage image,
    NetworkNamespace network)
{
    /// <summary>Most descriptors of a process (RLIMIT_NOFILE).</summary>
    public const int DescriptorLimit = 1_024;

    private readonly List<object?> descriptors = new(1);
    private ulong handledSignals;
    private ulong pendingSignals;

    /// <summary>Number of the process in its kernel.</summary>
    public int Number { get; } = number;

    /// <summary>How it was started.</summary>
    public ProcessDescription Description { get; } = description;

    /// <summary>The actor that it is.</summary>
    public IslandActorRef Actor { get; } = actor;

    /// <summary>Its memory.</summary>
    public ProcessImage Image { get; } = image;

    /// <summary>What it has mapped beside its image; null before the first.</summary>
    public ProcessMemory? Memory { get; set; }

    /// <summary>Its network.</summary>
    public NetworkNamespace Network { get; } = network;

    /// <summary>Who made it by <c>fork</c>, whose network it has; null for none.</summary>
    public Process? Parent { get; init; }

    /// <summary>Its parent's task, while that waits for its end.</summary>
    public ProcessTask? Awaiter { get; set; }

    /// <summary>Its task.</summary>
    public ProcessTask Task { get; set; } = null!;

    /// <summary>The core that is its own, or -1.</summary>
    public int OwnCore { get; init; } = -1;

    /// <summary>What it has open; null where a descriptor is free.</summary>
    public IReadOnlyList<object?> Descriptors => descriptors;

    /// <summary>Opens the lowest free descriptor; -1 when there is none.</summary>
    public int Open(object opened)
    {
        var free = descriptors.IndexOf(null);
        if (free >= 0)
        {
            descriptors[free] = opened;
            return free;
        }

        if (descriptors.Count == DescriptorLimit)
            return -1;
        descriptors.Add(opened);
        return descriptors.Count - 1;
    }

    /// <summary>It handles a signal from now on, or does not any more.</summary>
    public void Handle(long signal, bool isHandled) => handledSignals = isHandled
        ? handledSignals | (1UL << (int)signal) : handledSignals & ~(1UL << (int)signal);

    /// <summary>Whether it handles a signal.</summary>
    public bool Handles(long signal) => (handledSignals & (1UL << (int)signal)) != 0;

    /// <summary>A signal has come for it.</summary>
    public void Raise(long signal) => pendingSignals |= 1UL << (int)signal;

    /// <summary>Takes the signals that have come. False when there is none.</summary>
    public bool TakeSignals()
    {
        var hasSome = pendingSignals != 0;
        pendingSignals = 0;
        return hasSome;
    }

    /// <summary>What a descriptor stands for, if it is of a kind.</summary>
    public TKind? Find<TKind>(long descriptor)
        where TKind : class =>
        (ulong)descriptor < (ulong)descriptors.Count ? descriptors[(int)descriptor] as TKind : null;

    /// <summary>Closes a descriptor.</summary>
    public void Close(long descriptor) => descriptors[(int)descriptor] = null;

    /// <summary>Every socket that it has open.</summary>
    public IEnumerable<Socket> OpenSockets() => descriptors.OfType<Socket>();
}
