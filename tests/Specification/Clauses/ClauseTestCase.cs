using Xunit.Abstractions;
using Xunit.Sdk;

namespace Disguise.Specification.Clauses;

/// <summary>A clause of one architecture, skipped where its class says that it does not apply.
/// </summary>
public sealed class ClauseTestCase : XunitTestCase
{
    /// <summary>For the framework, which fills it in.</summary>
    [Obsolete("Called by the de-serializer")]
    public ClauseTestCase()
    {
    }

    /// <summary>The case of a method of a class.</summary>
    public ClauseTestCase(
        IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options,
        ITestMethod method)
        : base(messages, display, options, method)
    {
    }

    /// <inheritdoc/>
    protected override string? GetSkipReason(IAttributeInfo factAttribute)
    {
        foreach (var said in TestMethod.TestClass.Class.GetCustomAttributes(
            typeof(NotApplicableAttribute)))
        {
            var arguments = said.GetConstructorArguments().Cast<string>().ToArray();
            if (arguments[0] == TestMethod.Method.Name)
                return $"not applicable: {arguments[1]}";
        }

        return base.GetSkipReason(factAttribute);
    }
}
