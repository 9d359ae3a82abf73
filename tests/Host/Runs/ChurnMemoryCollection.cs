namespace Disguise.Host.Tests.Runs;

/// <summary>Memory is measured while no other test allocates.</summary>
[CollectionDefinition(nameof(ChurnMemorySpecs), DisableParallelization = true)]
public sealed class ChurnMemoryCollection;
