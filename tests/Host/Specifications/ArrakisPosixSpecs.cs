using Disguise.LibOS.Composition;
using Disguise.LibOS.Domains;
using Disguise.Specification;
using Disguise.Specification.Clauses;

namespace Disguise.Host.Tests.Specifications;

[NotApplicable(
    nameof(A_bad_pointer_is_refused),
    "sendto is a call within one address space; a bad pointer is the caller's own page fault")]
public sealed class ArrakisPosixSpecs : ArchitectureSpecification
{
    protected override IArchitecture Architecture => Composition.Architectures.Of("arrakis");

    protected override TenantInterface Interface => TenantInterface.Posix;
}
