using Disguise.Actors.Faults;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Composition;
using Disguise.Specification;

namespace Disguise.Host.Tests.Specifications.Twins;

/// <summary>The specification of an architecture that is broken; no test by itself.</summary>
internal sealed class Twin(IArchitecture broken) : ArchitectureSpecification
{
    /// <summary>The guard that does not check; none where something else is broken.</summary>
    public Guard? Off { get; init; }

    /// <summary>The call with a bad pointer.</summary>
    public IApplication? Call { get; init; }

    /// <summary>The same with every guard on.</summary>
    public Twin Guarded() => new(broken) { Call = Call };

    protected override IArchitecture Architecture => broken;

    protected override Guards MachineGuards =>
        Off is { } off ? Guards.AllBut(off) : Guards.All;

    protected override IApplication? CallWithBadPointer => Call;
}
