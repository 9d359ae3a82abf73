namespace Disguise.Host.Commands;

/// <summary>
/// The verbs that run something: each takes its options and gives an exit code. A verb without a
/// handler answers that it is not built yet. A handler may throw
/// <see cref="Experiments.ExperimentError"/>, <see cref="SurroundingsRefuseException"/> and
/// <see cref="OperationCanceledException"/>, which have exit codes of their own.
/// </summary>
public sealed record VerbHandlers
{
    /// <summary><c>run FILE</c></summary>
    public Func<RunOptions, Terminal, int>? Run { get; init; }

    /// <summary><c>compare FILE</c>, <c>compare DIR DIR...</c></summary>
    public Func<CompareOptions, Terminal, int>? Compare { get; init; }

    /// <summary><c>explain FILE</c></summary>
    public Func<ExplainOptions, Terminal, int>? Explain { get; init; }

    /// <summary><c>check FILE...</c></summary>
    public Func<CheckOptions, Terminal, int>? Check { get; init; }

    /// <summary><c>verify FILE</c></summary>
    public Func<VerifyOptions, Terminal, int>? Verify { get; init; }

    /// <summary><c>inspect WHAT FILE</c></summary>
    public Func<InspectOptions, Terminal, int>? Inspect { get; init; }

    /// <summary><c>sweep FILE</c></summary>
    public Func<SweepOptions, Terminal, int>? Sweep { get; init; }

    /// <summary><c>validate SUITE...</c></summary>
    public Func<ValidateOptions, Terminal, int>? Validate { get; init; }

    /// <summary><c>tour CLAIM...</c></summary>
    public Func<TourOptions, Terminal, int>? Tour { get; init; }

    /// <summary><c>ablate FILE</c></summary>
    public Func<AblateOptions, Terminal, int>? Ablate { get; init; }

    /// <summary><c>calibrate</c></summary>
    public Func<CalibrateOptions, Terminal, int>? Calibrate { get; init; }
}
