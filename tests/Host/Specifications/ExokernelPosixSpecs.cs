using Disguise.LibOS.Composition;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Waiting;
using Disguise.Specification;
using Disguise.Specification.Clauses;

namespace Disguise.Host.Tests.Specifications;

[NotApplicable(
    nameof(A_bad_pointer_is_refused),
    "the kernel's calls take page numbers and addresses of stations; the library copies")]
public sealed class ExokernelPosixSpecs : ArchitectureSpecification
{
    protected override IArchitecture Architecture => Composition.Architectures.Of("exokernel");

    protected override TenantInterface Interface => TenantInterface.Posix;

    protected override WaitPolicy Wait => WaitPolicy.Doorbell;
}
