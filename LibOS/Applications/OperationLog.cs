using Disguise.Kernels.Abstractions;

namespace Disguise.LibOS.Applications;

/// <summary>
/// Where an application records operations that it has measured itself: they become operations and
/// latencies of its group in the result, beside what clients see.
/// </summary>
/// <param name="environment">Of the domain that records.</param>
public readonly struct OperationLog(DomainEnvironment environment)
{
    /// <summary>An operation has begun and ended, by the application's own clock.</summary>
    public void Record(long startPs, long endPs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(endPs, startPs);
        // Nobody listens where a test runs a program by itself.
        environment?.Readiness.Operation(environment.Address, startPs, endPs);
    }
}
