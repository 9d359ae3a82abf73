namespace Disguise.Specification.Worlds;

/// <summary>A revocation as the kernel told it.</summary>
internal sealed record Revoked(string Address, long OrderedPs, long DonePs, int Taken);
