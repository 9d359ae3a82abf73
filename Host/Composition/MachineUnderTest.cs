using Disguise.Actors.Ledgers;
using Disguise.Hardware.Display;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Host.Experiments;
using Disguise.Host.Running;
using Disguise.Kernels.Abstractions;

namespace Disguise.Host.Composition;

/// <summary>One machine of an experiment as it was built.</summary>
internal sealed class MachineUnderTest
{
    public required int Group { get; init; }

    public required int Member { get; init; }

    public required string Address { get; init; }

    public required MachineGroup Settings { get; init; }

    /// <summary>The platform's network card.</summary>
    public required NicModel Card { get; init; }

    public required Machine Board { get; init; }

    public Nic Nic { get; set; } = null!;

    /// <summary>The display; null where it has none.</summary>
    public Display? Display { get; set; }

    /// <summary>From the machine to the switch.</summary>
    public LinkActor Link { get; set; } = null!;

    /// <summary>From the switch to the machine.</summary>
    public LinkActor SwitchLink { get; set; } = null!;

    /// <summary>What the dispatcher delivered to the kernel.</summary>
    public KernelTraffic KernelTraffic { get; } = new();

    /// <summary>Control calls of its kernel.</summary>
    public required ControlCallBook Control { get; init; }

    /// <summary>The kernel's state, as referees and <c>inspect</c> see it.</summary>
    public IKernelView Kernel { get; set; } = null!;

    /// <summary>Sources of tenants that come and go.</summary>
    public List<TenantSource> Sources { get; } = [];

    /// <summary>What they did.</summary>
    public List<ChurnBook> Churn { get; } = [];

    /// <summary>An account for each tenant group.</summary>
    public required LedgerAccount[] Accounts { get; init; }
}
