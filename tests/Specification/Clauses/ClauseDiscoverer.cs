using Xunit.Abstractions;
using Xunit.Sdk;

namespace Disguise.Specification.Clauses;

/// <summary>Makes the test case of a clause.</summary>
/// <param name="messages">Where the test framework takes its messages.</param>
public sealed class ClauseDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod,
        IAttributeInfo factAttribute) =>
    [
        new ClauseTestCase(
            messages, discoveryOptions.MethodDisplayOrDefault(),
            discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod),
    ];
}
