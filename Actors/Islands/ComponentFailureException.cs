namespace Disguise.Actors.Islands;

/// <summary>An emulated component crashes: the only exception that is part of a run.</summary>
public sealed class ComponentFailureException(string reason) : Exception(reason);
