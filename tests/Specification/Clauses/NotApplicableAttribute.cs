namespace Disguise.Specification.Clauses;

/// <summary>
/// Says on a class that derives from the specification that a clause makes no sense for its
/// architecture: a call that it does not have, say.
/// </summary>
/// <param name="clause">Name of the method.</param>
/// <param name="reason">Why, for the report of the tests.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class NotApplicableAttribute(string clause, string reason) : Attribute
{
    /// <summary>Name of the clause's method.</summary>
    public string Clause { get; } = clause;

    /// <summary>Why it does not apply.</summary>
    public string Reason { get; } = reason;
}
