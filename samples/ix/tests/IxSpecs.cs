using Disguise.LibOS.Applications;
using Disguise.LibOS.Composition;
using Disguise.Specification;

namespace Ix.Tests;

public sealed class IxSpecs : ArchitectureSpecification
{
    protected override IArchitecture Architecture { get; } = new IxArchitecture();

    protected override IApplication CallWithBadPointer => new BadPointer();
}
