using Akka.Actor;

namespace Disguise.Actors.Islands;

/// <summary>Props from a function, without reflection at each creation.</summary>
public static class ActorProps
{
    /// <summary>Props whose actors the function makes.</summary>
    public static Props Of<TActor>(Func<TActor> make)
        where TActor : ActorBase =>
        Props.CreateBy(new Producer<TActor>(make));

    private sealed class Producer<TActor>(Func<TActor> make) : IIndirectActorProducer
        where TActor : ActorBase
    {
        public Type ActorType => typeof(TActor);

        public ActorBase Produce() => make();

        public void Release(ActorBase actor)
        {
        }
    }
}
