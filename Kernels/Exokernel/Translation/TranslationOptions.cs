namespace Disguise.Kernels.Exokernel.Translation;

/// <summary>Limits of what environments can bind.</summary>
internal sealed record TranslationOptions
{
    /// <summary>First page that an environment may bind.</summary>
    public long FirstPage { get; init; }

    /// <summary>Pages below the first that it may not bind any more.</summary>
    public long PageCount { get; init; } = 1L << 35;

    /// <summary>Most bindings.</summary>
    public int Bindings { get; init; } = 1 << 24;

    /// <summary>Most bindings of one environment.</summary>
    public int BindingsPerEnvironment { get; init; } = 1 << 20;

    /// <summary>Most guaranteed mappings of one environment.</summary>
    public int GuaranteedPerEnvironment { get; init; } = 8;

    /// <summary>Most edits in one call.</summary>
    public int EditsPerBatch { get; init; } = 64;
}
