namespace Disguise.Host.Reports;

/// <summary>One architecture's part of an <see cref="ExplainTable"/>, as lines.</summary>
internal interface IExplainColumn
{
    /// <summary>Architecture, client and number of the request.</summary>
    IReadOnlyList<string> Head();

    /// <summary>The steps and crossings in order of time.</summary>
    IReadOnlyList<string> Path();

    /// <summary>Time on the critical path by party.</summary>
    IReadOnlyList<string> Sums();

    /// <summary>The sum of the steps beside the latency that the client saw.</summary>
    IReadOnlyList<string> Total();
}
