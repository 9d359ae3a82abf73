using Disguise.Actors.Execution;

namespace Disguise.LibOS.Applications;

/// <summary>What a child runs.</summary>
internal sealed class ForkedProgram(Func<ApplicationHost, EmulatedTask> program) : IApplication
{
    /// <inheritdoc/>
    public ushort ServicePort => 0;

    /// <inheritdoc/>
    public bool UsesPages => true;

    /// <inheritdoc/>
    public EmulatedTask Run(ApplicationHost host) => program(host);
}
