using Xunit;
using Xunit.Sdk;

namespace Disguise.Specification.Clauses;

/// <summary>
/// A clause of the specification. An architecture to which it does not apply says so with
/// <see cref="NotApplicableAttribute"/>; the test is then shown as skipped, with the reason.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(
    "Disguise.Specification.Clauses.ClauseDiscoverer", "Disguise.Specification")]
public sealed class ClauseAttribute : FactAttribute;
