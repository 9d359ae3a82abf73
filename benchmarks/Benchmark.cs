namespace Disguise.Benchmarks;

/// <summary>Something that is measured, and what comes out.</summary>
internal abstract class Benchmark
{
    /// <summary>Measures. Takes parameters of its own from the request.</summary>
    /// <exception cref="FormatException">A parameter is wrong: one clear line.</exception>
    public abstract Report Run(Request request);
}
