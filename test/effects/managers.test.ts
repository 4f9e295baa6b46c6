import { describe, expect, it } from '@jest/globals';
import { told } from './label.ts';

describe('package managers of languages', () => {
  it.each([
    ['composer install --no-dev --optimize-autoloader', 'build composer-install /src/ /root/.composer/cache/~'],
    ['composer install -d /app', 'build composer-install /app/ /root/.composer/cache/~'],
    ['composer global require a/b', 'runtime composer-global'],
    ['composer create-project a/b /app', 'build composer-install /app/'],
    ['composer dump-autoload -o', 'build composer-install /src/ /root/.composer/cache/~'],
    ['composer --version', 'neutral'],
    ['composer clear-cache', 'neutral'],
    ["php -r \"copy('https://getcomposer.org/installer', 'composer-setup.php');\"", 'both download /src/composer-setup.php'],
    ['php composer-setup.php --install-dir=/usr/local/bin --filename=composer', 'both download /usr/local/bin/composer'],
    ['php -r "unlink(\'composer-setup.php\');"', 'both remove /src/composer-setup.php/!'],
    ['curl -sS https://getcomposer.org/installer | php -- --install-dir=/usr/local/bin --filename=composer', 'both download /usr/local/bin/composer'],
    ['curl -sS https://getcomposer.org/installer | php', 'both download /src/composer.phar'],
    ['php -v', 'neutral'],
    ['php a.php', 'unknown'],
    ['php artisan config:cache', 'build php-console /src/'],
    ['php artisan migrate', 'unknown'],
    ['bin/console cache:clear', 'build php-console /src/'],
    ['php /usr/local/bin/composer install', 'build composer-install /src/ /root/.composer/cache/~'],
    ['docker-php-ext-install -j$(nproc) pdo_mysql gd', 'runtime docker-php-ext-install compiles'],
    ['docker-php-ext-configure gd --with-freetype', 'runtime docker-php-ext-configure compiles'],
    ['docker-php-ext-enable redis', 'runtime docker-php-ext-enable'],
    ['pecl install redis-5.3', 'runtime pecl-install compiles'],
    ['printf "\\n" | pecl install imagick', 'runtime pecl-install compiles'],
    ['pecl channel-update pecl.php.net', 'neutral'],
    ['pear install a', 'runtime pecl-install compiles'],
    ['docker-php-source extract', 'runtime docker-php-source compiles'],
    ['install-php-extensions gd', 'runtime install-php-extensions compiles'],
    ['phpize7.4', 'build configure /src/'],
  ])('PHP: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });

  it.each([
    ['gem install bundler -v 2.1 --no-document', 'runtime gem-install compiles'],
    ['gem update --system', 'runtime gem-update compiles'],
    ['gem build a.gemspec', 'build compile /src/'],
    ['gem install ./a.gem', 'unknown'],
    ['gem sources --add https://a.example', 'neutral'],
    ['bundle install --jobs 4', 'runtime bundle-install compiles'],
    ['bundle install --path vendor/bundle --without test', 'build bundle-install /src/vendor/bundle/ /src/.bundle/'],
    ['bundle', 'runtime bundle-install compiles'],
    ['bundle config set --local deployment true', 'runtime bundle-config'],
    ['bundle exec rake assets:precompile RAILS_ENV=production', 'build rake /src/'],
    ['bundle exec rails db:migrate', 'unknown'],
    ['rake assets:precompile', 'build rake /src/'],
    ['rails new app', 'build rails-new /src/app/'],
    ['jekyll build -d /site', 'build rake /src/ /site/'],
    ['ruby -v', 'neutral'],
    ['ruby a.rb', 'unknown'],
  ])('Ruby: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });

  it.each([
    ['R -e \'install.packages(c("a", "b"), repos="https://cran.example")\'', 'runtime r-install compiles'],
    ["Rscript -e 'devtools::install_github(\"a/b\")' -e 'library(b)'", 'runtime r-install compiles'],
    ['echo \'install.packages("a")\' | R --vanilla', 'runtime r-install compiles'],
    ['Rscript a.R', 'unknown'],
    ['R -e \'writeLines("x", "/etc/a")\'', 'unknown'],
    ['install2.r --error a b', 'runtime r-install compiles'],
    ['R CMD javareconf', 'runtime r-configure'],
    ['R CMD INSTALL a.tar.gz', 'unknown'],
    ['R --version', 'neutral'],
  ])('R: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });

  it.each([
    ['cpanm --notest A::B', 'runtime cpan-install compiles'],
    ['cpanm -l /opt/perl A::B', 'build cpan-install /opt/perl/'],
    ['cpan A::B', 'runtime cpan-install compiles'],
    ['carton install', 'build carton-install /src/'],
    ['curl -L https://cpanmin.us | perl - App::cpanminus', 'runtime cpan-install compiles'],
  ])('Perl: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });

  it.each([
    ['/opt/conda/bin/conda install -y numpy', 'build conda-install /opt/conda/'],
    ['conda install -y numpy', 'unknown'],
    ['conda clean -afy', 'neutral'],
    ['/opt/conda/bin/conda env create -f environment.yml', 'build conda-install /opt/conda/'],
    ['/opt/conda/bin/conda create -p /env python=3', 'build conda-install /opt/conda/ /env/'],
    ['conda init bash', 'both edit /root/.bashrc!'],
    ['conda run -n a pip install b', 'unknown'],
    ['bash miniconda.sh -b -p /opt/conda', 'build conda-install /opt/conda/'],
    ['bash /tmp/Miniconda3-latest-Linux-x86_64.sh -bfp /opt/conda', 'build conda-install /opt/conda/'],
    ['micromamba install -y a', 'unknown'],
  ])('conda: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });

  it.each([
    ['nvm install 20', 'build version-install /root/.nvm/'],
    ['rbenv install 3.2.0 && rbenv global 3.2.0', 'build version-install /root/.rbenv/ | build version-install /root/.rbenv/'],
    ['pyenv install 3.11', 'build version-install /root/.pyenv/'],
    ['n stable', 'build version-install /usr/local/'],
    ['sdk install java 21-tem', 'build version-install /root/.sdkman/'],
    ['swiftenv install 5.9', 'build version-install /root/.swiftenv/'],
    ['./emsdk install latest', 'build version-install /src/'],
    ['/opt/emsdk/emsdk activate latest', 'build version-install /opt/emsdk/'],
    ['NVM_DIR=/opt/nvm nvm install 18', 'build version-install /opt/nvm/'],
    ['sdkmanager "platforms;android-33"', 'unknown'],
    ['/opt/android/cmdline-tools/latest/bin/sdkmanager --licenses', 'build download /opt/android/'],
    ['ghcup install ghc', 'build version-install /root/.ghcup/'],
  ])('managers of versions: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });

  it.each([
    ['julia -e \'using Pkg; Pkg.add("A"); Pkg.precompile()\'', 'build julia-install /root/.julia/'],
    ['julia a.jl', 'unknown'],
    ['luarocks install a', 'runtime luarocks-install compiles'],
    ['luarocks install --tree /opt/lua a', 'build luarocks-install /opt/lua/'],
    ['zef install A', 'runtime zef-install compiles'],
    ['opam install -y a', 'build opam-install /root/.opam/'],
    ['opam env', 'neutral'],
    ['erlc a.erl', 'build compile /src/'],
    ['ocaml setup.ml -build', 'build compile /src/'],
    ['tlmgr install a', 'runtime tlmgr-install'],
    ['jupyter nbextension enable --py a', 'runtime plugin-install'],
    ['jupyter labextension install a', 'runtime plugin-install compiles'],
    ['jupyter notebook --generate-config', 'build jupyter-config /root/.jupyter/'],
    ['elasticsearch-plugin install a', 'runtime plugin-install'],
    ['rabbitmq-plugins enable a', 'runtime plugin-install'],
    ['rosdep init', 'build rosdep-init /etc/ros/rosdep/'],
    ['rosdep install a', 'unknown'],
  ])('others: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });
});
