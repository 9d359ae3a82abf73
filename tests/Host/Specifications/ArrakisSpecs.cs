using Disguise.LibOS.Composition;
using Disguise.Specification;
using Disguise.Specification.Clauses;

namespace Disguise.Host.Tests.Specifications;

[NotApplicable(
    nameof(A_bad_pointer_is_refused),
    "the kernel's calls take page numbers and handles; packets never leave their buffers")]
public sealed class ArrakisSpecs : ArchitectureSpecification
{
    protected override IArchitecture Architecture => Composition.Architectures.Of("arrakis");
}
