using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Experiments;

/// <summary>Something done to the emulated world at a time: a revocation or a fault.</summary>
/// <param name="AtPs">When, from the start of measuring.</param>
/// <param name="Target">The address as written.</param>
/// <param name="Things">What it names in this experiment, drawn by the seed where it draws.</param>
public abstract record Injection(long AtPs, Address Target, IReadOnlyList<Thing> Things);
