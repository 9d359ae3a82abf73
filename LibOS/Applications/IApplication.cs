using Disguise.Actors.Execution;

namespace Disguise.LibOS.Applications;

/// <summary>
/// A program that tenants run: ordinary C# that reads top to bottom and waits with <c>await</c>.
/// The object is immutable and serves any number of tenants; what one of them holds lives in
/// <see cref="Run"/>.
/// </summary>
public interface IApplication
{
    /// <summary>UDP port of its service, for clients that are to find it; 0 for none.</summary>
    ushort ServicePort { get; }

    /// <summary>
    /// Whether it uses virtual memory, so that where that is a server's there has to be one.
    /// </summary>
    bool UsesPages => false;

    /// <summary>Whether it forks, so that where nobody implements that it cannot run.</summary>
    bool Forks => false;

    /// <summary>Runs from start to end. Ending it ends the tenant's context.</summary>
    EmulatedTask Run(ApplicationHost host);
}
