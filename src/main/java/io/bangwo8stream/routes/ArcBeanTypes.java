package io.bangwo8stream.routes;

import io.quarkus.arc.InjectableBean;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/** The beans of the process; none of them is created. */
@Singleton
class ArcBeanTypes implements BeanTypes {

    private final BeanManager beans;
    private final CamelContext context;

    ArcBeanTypes(BeanManager beans, CamelContext context) {
        this.beans = beans;
        this.context = context;
    }

    @Override
    public Optional<Class<?>> of(String name) {
        Set<Bean<?>> found = beans.getBeans(name);
        if (!found.isEmpty()) {
            Bean<?> bean = found.iterator().next();
            boolean ofClass = !(bean instanceof InjectableBean<?> arc) || arc.getKind() == InjectableBean.Kind.CLASS;
            return Optional.of(ofClass ? bean.getBeanClass() : Object.class);
        }
        return Optional.ofNullable(context.getRegistry().lookupByName(name)).map(Object::getClass);
    }

    @Override
    public Collection<String> names() {
        Set<String> names = new TreeSet<>();
        beans.getBeans(Object.class, jakarta.enterprise.inject.Any.Literal.INSTANCE).stream()
                .map(Bean::getName)
                .filter(name -> name != null)
                .forEach(names::add);
        return names;
    }
}
