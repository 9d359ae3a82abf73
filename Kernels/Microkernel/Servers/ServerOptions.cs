using Disguise.Actors.Dispatch;
using Disguise.Actors.Faults;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Observation;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Microkernel.Domains;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>What a driver server or a network server is made with.</summary>
public sealed record ServerOptions
{
    /// <summary>The kernel.</summary>
    public required IslandActorRef Kernel { get; init; }

    /// <summary>The capabilities that the kernel gave it.</summary>
    public required BootInformation Boot { get; init; }

    /// <summary>Its threads.</summary>
    public required int ThreadCount { get; init; }

    /// <summary>The library that is linked into it.</summary>
    public required INetworkLibrary Library { get; init; }

    /// <summary>How code of a library runs on one of its contexts.</summary>
    public required Func<CpuContext, IExecution> Execution { get; init; }

    /// <summary>Where rings and buffers of a queue pair stand in the driver's memory.</summary>
    public required Func<int, QueueLayout> LayoutOf { get; init; }

    /// <summary>Values of all costs.</summary>
    public required CostTable Costs { get; init; }

    /// <summary>Account that its threads book to.</summary>
    public required LedgerAccount Account { get; init; }

    /// <summary>Which guards are on.</summary>
    public Guards Guards { get; init; } = Guards.All;

    /// <summary>Follows requests when set.</summary>
    public IRequestObserver? Requests { get; init; }
}
