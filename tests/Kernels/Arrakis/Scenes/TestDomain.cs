using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;

namespace Disguise.Kernels.Tests.Arrakis.Scenes;

/// <summary>A protection domain whose contexts run programs of a test.</summary>
internal sealed class TestDomain : EmulatedActor
{
    private readonly TestProgram[] programs;

    public TestDomain(
        KernelScene scene, DomainEnvironment environment, KernelScene.Program[] bodies)
    {
        Scene = scene;
        Environment = environment;
        programs = new TestProgram[bodies.Length];
        for (var number = 0; number < bodies.Length; number++)
            programs[number] = new TestProgram(this, number, bodies[number]);
        scene.Domains.Add(this);
    }

    public KernelScene Scene { get; }

    public DomainEnvironment Environment { get; }

    public IReadOnlyList<TestProgram> Programs => programs;

    /// <summary>Upcalls and interrupts that came without the kernel's being asked.</summary>
    public List<(long TimePs, object Message, long Word)> Heard { get; } = [];

    public void SendFrom(IslandActorRef to, object message, long atPs, long word = 0) =>
        Send(to, message, atPs, word);

    protected override void PreStart()
    {
        foreach (var program in programs)
        {
            Send(
                Environment.Kernel, new ArrakisProtocol.StartContext(program.Context), NowPs);
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ArrakisProtocol.Dispatched:
                Heard.Add((NowPs, message, Word));
                programs[(int)Word].Begin();
                break;
            case ContextResume:
                programs[ContextResume.ContextOf(Word)].Context.Resume(Word);
                break;
            case ArrakisProtocol.Returned returned:
                programs[returned.Context].Take(returned);
                break;
            case CoreProtocol.VirtualInterrupt:
                Heard.Add((NowPs, message, Word));
                programs[0].Context.Wake(NowPs);
                break;
            case ArrakisProtocol.CardRevoked:
                Heard.Add((NowPs, message, Word));
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
