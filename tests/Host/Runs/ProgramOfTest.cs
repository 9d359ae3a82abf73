using Disguise.Actors.Execution;
using Disguise.LibOS.Applications;

namespace Disguise.Host.Tests.Runs;

/// <summary>A program that a test writes where it is used; it may use virtual memory.</summary>
internal sealed class ProgramOfTest(Func<ApplicationHost, EmulatedTask<int>> program)
    : IApplication
{
    public ushort ServicePort => 0;

    public bool UsesPages => true;

    /// <summary>What came of it; -1 before it has ended.</summary>
    public int Result { get; private set; } = -1;

    public async EmulatedTask Run(ApplicationHost host) => Result = await program(host);
}
