using Disguise.LibOS.Composition;
using Disguise.Specification;
using Disguise.Specification.Clauses;
using Sketch;

namespace Disguise.Host.Tests.Plugins;

/// <summary>What <c>init --plugin</c> writes is an architecture like any other.</summary>
[NotApplicable(
    nameof(A_bad_pointer_is_refused), "no call takes a pointer; packets never leave their buffers")]
public sealed class SketchSpecs : ArchitectureSpecification
{
    protected override IArchitecture Architecture { get; } = new SketchArchitecture();
}
