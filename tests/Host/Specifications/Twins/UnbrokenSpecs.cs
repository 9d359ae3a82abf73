using Disguise.LibOS.Composition;
using Disguise.Specification;
using Disguise.Specification.Clauses;

namespace Disguise.Host.Tests.Specifications.Twins;

/// <summary>What the twins are made of passes while nothing in it is broken.</summary>
[NotApplicable(
    nameof(A_bad_pointer_is_refused), "no call takes a pointer; packets never leave their buffers")]
public sealed class UnbrokenSpecs : ArchitectureSpecification
{
    protected override IArchitecture Architecture { get; } = BrokenOnes.Unbroken();
}
