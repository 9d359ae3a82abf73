using Disguise.Actors.Faults;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Composition;
using Disguise.Specification;

namespace Disguise.Host.Tests.Specifications.Twins;

/// <summary>The specification of an architecture that is broken; no test by itself.</summary>
internal sealed class Twin(IArchitecture broken) : ArchitectureSpecification
{
    /// <summary>The guards that check.</summary>
    public Guards Checking { get; init; } = Guards.All;

    /// <summary>The call with a bad pointer.</summary>
    public IApplication? Call { get; init; }

    protected override IArchitecture Architecture => broken;

    protected override Guards MachineGuards => Checking;

    protected override IApplication? CallWithBadPointer => Call;
}
