namespace Disguise.Host.Running;

/// <summary>A crash of a tenant's program.</summary>
/// <param name="Reason">Why, in words.</param>
/// <param name="AtPs">When, in virtual time from boot.</param>
public readonly record struct TenantCrash(string Reason, long AtPs);
