using Disguise.LibOS.Applications;
using Disguise.LibOS.Composition;
using Disguise.Specification;

namespace Disguise.Host.Tests.Specifications;

public sealed class MonolithicSpecs : ArchitectureSpecification
{
    protected override IArchitecture Architecture => Composition.Architectures.Of("monolithic");

    protected override IApplication CallWithBadPointer => new BadPointerEcho(7);
}
