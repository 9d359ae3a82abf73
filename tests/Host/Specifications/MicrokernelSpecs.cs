using Disguise.LibOS.Applications;
using Disguise.LibOS.Composition;
using Disguise.Specification;

namespace Disguise.Host.Tests.Specifications;

public sealed class MicrokernelSpecs : ArchitectureSpecification
{
    protected override IArchitecture Architecture => Composition.Architectures.Of("microkernel");

    protected override IApplication CallWithBadPointer => new BadMessageEcho(7);
}
