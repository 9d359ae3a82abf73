using Disguise.LibOS.Composition;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Waiting;
using Disguise.Specification;
using Disguise.Specification.Clauses;

namespace Disguise.Host.Tests.Specifications;

[NotApplicable(
    nameof(A_bad_pointer_is_refused),
    "what the kernel is told of is a ring's descriptors: see SharedCardSpecs of the kernel")]
public sealed class ExokernelSharedCardPosixSpecs : ArchitectureSpecification
{
    protected override IArchitecture Architecture { get; } = new SharedCardExokernel();

    protected override TenantInterface Interface => TenantInterface.Posix;

    protected override WaitPolicy Wait => WaitPolicy.Poll;
}
